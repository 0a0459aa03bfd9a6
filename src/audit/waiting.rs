//! What someone sees who waits for an audit, and the clock that ends it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use strongpass_audit::Progress;
use strongpass_report::grouped;

/// Sets a flag when a time is over, unless it is dropped before.
pub(super) struct Timer(Option<(Sender<()>, JoinHandle<()>)>);

impl Timer {
    pub(super) fn start(after: Duration, flag: Arc<AtomicBool>) -> Self {
        let (sender, receiver) = channel::<()>();
        let wait = move || {
            if receiver.recv_timeout(after) == Err(RecvTimeoutError::Timeout) {
                flag.store(true, Ordering::Relaxed);
            }
        };
        Self(Some((sender, std::thread::spawn(wait))))
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.0.take() {
            drop(sender);
            // It has nothing to say, and no error to hide.
            let _ended = thread.join();
        }
    }
}

/// A line on the terminal, if there is one.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new(budget: Duration, terminal: bool) -> Self {
        let target =
            if terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(budget.as_secs().max(1)), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:20} {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// The time left is what the budget leaves: when the guesses end before is not known.
    pub(super) fn show(&self, progress: &Progress, since: Duration) {
        let seconds = since.as_secs().min(self.0.length().unwrap_or(0));
        self.0.set_position(seconds);
        let left = self.0.length().unwrap_or(0).saturating_sub(seconds);
        let rate = progress.hashed.checked_div(since.as_secs().max(1)).unwrap_or(0);
        let number = |n: u64| grouped(usize::try_from(n).unwrap_or(usize::MAX));
        self.0.set_message(format!(
            "{} of {} found · {} · guess {} · {}/s · {left} s left at most",
            grouped(progress.found.0),
            grouped(progress.found.1),
            progress.scheme.name(),
            number(progress.rank),
            number(rate),
        ));
    }

    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}
