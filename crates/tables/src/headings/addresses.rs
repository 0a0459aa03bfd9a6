//! The names of columns with lines of an address.

use super::aliases::Alias;
use super::meaning::{Meaning as M, TableKind as T};

/// In a table of people, for the letters to them.
pub(super) const ADDRESSES: &[Alias] = &[
    (M::Place, &[T::People], &["street", "town"]),
    (
        M::Address,
        &[T::People],
        &[
            "address",
            "homeaddress",
            "postaladdress",
            "addressline",
            "address1",
            "address2",
            "address3",
            "address4",
            "address5",
            "addressline1",
            "addressline2",
            "addressline3",
            "addressline4",
            "addressline5",
            "addressblock",
            "housenumber",
            "locality",
            "city",
            "county",
            "postcode",
        ],
    ),
];
