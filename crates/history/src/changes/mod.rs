//! What changes a store: records, erasure, new keys, and what comes from another store.

mod erase;
mod record;
mod rotate;
mod transfer;
