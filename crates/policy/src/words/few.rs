//! A list that mostly has one item.

use std::fmt;
use std::ops::Deref;

/// A list that mostly has one item, which then needs no memory of its own. It is used as a slice.
#[derive(Clone)]
pub struct Few<T>(Content<T>);

#[derive(Clone)]
enum Content<T> {
    None,
    One(T),
    Many(Vec<T>),
}

impl<T> Few<T> {
    pub(crate) const fn new() -> Self {
        Self(Content::None)
    }

    pub(crate) fn push(&mut self, item: T) {
        self.0 = match std::mem::replace(&mut self.0, Content::None) {
            Content::None => Content::One(item),
            Content::One(first) => Content::Many(vec![first, item]),
            Content::Many(mut items) => {
                items.push(item);
                Content::Many(items)
            }
        };
    }

    pub(crate) fn sort_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        if let Content::Many(items) = &mut self.0 {
            items.sort_by_key(key);
        }
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Content::None => &[],
            Content::One(item) => std::slice::from_ref(item),
            Content::Many(items) => items,
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut few = Self::new();
        for item in items {
            few.push(item);
        }
        few
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pushed_is_there() {
        for n in 0..4 {
            let few: Few<u8> = (0..n).rev().collect();
            assert_eq!(*few, (0..n).rev().collect::<Vec<u8>>());
            let mut sorted = few.clone();
            sorted.sort_by_key(|n| *n);
            assert_eq!(*sorted, (0..n).collect::<Vec<u8>>());
            assert_eq!(format!("{sorted:?}"), format!("{:?}", &*sorted));
            assert_eq!(few == sorted, n < 2);
        }
    }
}
