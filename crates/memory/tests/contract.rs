//! The store in memory keeps every clause of the contract.

store::store_contract!(Box::new(memory::MemoryStore::default()));
