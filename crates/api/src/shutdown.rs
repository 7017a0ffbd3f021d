//! Tells open sockets that the server is going down.

use tokio::sync::watch;

/// A switch that is thrown once. Clones share it.
#[derive(Debug, Clone)]
pub struct Shutdown(watch::Sender<bool>);

impl Default for Shutdown {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Shutdown {
    /// Throws the switch.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Whether the switch was thrown.
    pub fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the switch is thrown.
    pub async fn begun(&self) {
        // The sender lives in `self`, so waiting cannot fail.
        self.0.subscribe().wait_for(|begun| *begun).await.map(|_| ()).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everybody_hears_of_it_late_comers_too() {
        let shutdown = Shutdown::default();
        let clone = shutdown.clone();
        assert!(!clone.has_begun());
        let waiting = tokio::spawn(async move { clone.begun().await });
        shutdown.begin();
        waiting.await.unwrap();
        shutdown.begun().await;
    }
}
