//! What someone sees who waits for an audit, and the clock that ends it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use strongpass_audit::Progress;
use strongpass_report::grouped;
use unicode_width::UnicodeWidthStr as _;

use strongpass_terminal::text;

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
        if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// The time left is what the budget leaves: when the guesses end before is not known.
    pub(super) fn show(&self, progress: &Progress, since: Duration) {
        let seconds = since.as_secs().min(self.0.length().unwrap_or(0));
        self.0.set_position(seconds);
        let all = self.0.length().unwrap_or(0);
        let left = all.saturating_sub(seconds);
        let rate = progress.hashed.checked_div(since.as_secs().max(1)).unwrap_or(0);
        let number = |n: u64| grouped(usize::try_from(n).unwrap_or(usize::MAX));
        let parts = [
            format!("{} of {} found", grouped(progress.found.0), grouped(progress.found.1)),
            format!("{left} s left at most"),
            progress.scheme.name().to_owned(),
            format!("guess {}", number(progress.rank)),
            format!("{}/s", number(rate)),
        ];
        let done = seconds.saturating_mul(1_000).checked_div(all).unwrap_or(0);
        self.0.set_message(line(&parts, done, text::stderr_width()));
    }

    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// A bar that is so many of 1,000 parts full, and as many of the parts behind it, the first ones
/// first, as a line of that width holds; the last column stays free.
fn line(parts: &[String], done: u64, width: usize) -> String {
    let room = width.saturating_sub(1);
    let mut line = String::new();
    for part in parts {
        let between = if line.is_empty() { "" } else { " · " };
        if line.width() + between.width() + part.width() > room {
            break;
        }
        line.push_str(between);
        line.push_str(part);
    }
    let bar = room.saturating_sub(line.width() + 1).min(20);
    if bar < 5 || line.is_empty() {
        return line;
    }
    let full = usize::try_from(done).unwrap_or(1_000).min(1_000) * bar / 1_000;
    format!("{}{} {line}", "█".repeat(full), "░".repeat(bar - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_one_line_of_the_window() {
        let parts = ["12 of 360 found", "55 s left at most", "sha512crypt", "guess 1,234", "9/s"];
        let parts = parts.map(str::to_owned);
        for width in 0..120 {
            let line = line(&parts, 500, width);
            assert!(line.width() < width.max(1), "{width}: {line}");
            // What is most wanted is there in every window.
            assert_eq!(line.contains("12 of 360 found"), width >= 16, "{width}: {line}");
        }
        assert!(line(&parts, 500, 100).ends_with("guess 1,234 · 9/s"));
        assert!(line(&parts, 500, 100).starts_with("██████████░░░░░░░░░░ 12"));
    }
}
