//! Guesses in order, the likeliest first: words, and what people do to them.

mod joined;
mod lm_halves;
mod personal;
mod potfile;
mod shape;
mod shapes;
mod stage;
mod stream;
mod word_list;
mod words;

pub use joined::joined_names;
pub use lm_halves::lm_passwords;
pub(crate) use personal::words as personal_words;
pub use potfile::{PotFault, pot_entries};
pub use shapes::Shapes;
pub use stage::Stage;
pub(crate) use stream::{Block, Filled, Stream};
pub(crate) use word_list::WordList;
pub use words::Words;
