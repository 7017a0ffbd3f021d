//! The trail of administrative actions in memory.

use super::{State, length};
use audit::{TrailEntry, TrailRepository};
use kernel::StoreError;

impl TrailRepository for State {
    fn append_trail(&mut self, entry: &TrailEntry) -> Result<(), StoreError> {
        self.trail.push(entry.clone());
        Ok(())
    }

    fn list_trail(&mut self, limit: u32) -> Result<Vec<TrailEntry>, StoreError> {
        Ok(self.trail.iter().rev().take(length(limit)).cloned().collect())
    }
}
