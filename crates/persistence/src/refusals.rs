//! Changes that the database refused for a reason of its own, and when that is over.

use crate::errors::is_of_the_disk;
use parking_lot::Mutex;

/// The last change that was refused, until the database takes changes again.
#[derive(Debug, Default)]
pub(crate) struct Refusals(Mutex<Option<Refusal>>);

#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal {
    reason: &'static str,
    /// Nobody has looked since.
    is_news: bool,
}

impl Refusal {
    /// The reason, if a small change that succeeds does not disprove it. A disk that is nearly full has room for a small
    /// change and refuses every other one, so that one look without a refusal since the last one has to come first.
    pub(crate) fn outlasts_a_small_change(self) -> Option<&'static str> {
        (self.is_news && is_of_the_disk(self.reason)).then_some(self.reason)
    }
}

impl Refusals {
    /// A change was refused.
    pub(crate) fn refused(&self, reason: &'static str) {
        *self.0.lock() = Some(Refusal { reason, is_news: true });
    }

    /// A change was made.
    pub(crate) fn made(&self) {
        self.0.lock().take_if(|refusal| !is_of_the_disk(refusal.reason));
    }

    /// The last refusal, which is no news to the next one who looks.
    pub(crate) fn look(&self) -> Option<Refusal> {
        let mut last = self.0.lock();
        let seen = *last;
        if let Some(refusal) = last.as_mut() {
            refusal.is_news = false;
        }
        seen
    }

    /// Forgets what somebody has looked at. What was refused since then stays.
    pub(crate) fn settle(&self) {
        self.0.lock().take_if(|refusal| !refusal.is_news);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What readiness makes of it when its own small change succeeds.
    fn red(refusals: &Refusals) -> Option<&'static str> {
        let reason = refusals.look()?.outlasts_a_small_change();
        if reason.is_none() {
            refusals.settle();
        }
        reason
    }

    #[test]
    fn a_disk_is_trusted_after_one_look_without_a_refusal() {
        let refusals = Refusals::default();
        refusals.refused("its disk is full");
        assert_eq!(red(&refusals), Some("its disk is full"));
        refusals.refused("its disk fails");
        // Small changes are made in between, as sessions end and logins are counted.
        refusals.made();
        assert_eq!(red(&refusals), Some("its disk fails"));
        assert!(refusals.look().is_some());
        assert_eq!(red(&refusals), None);
        assert!(refusals.look().is_none(), "it is over");
    }

    #[test]
    fn what_is_no_matter_of_room_is_over_with_the_first_change() {
        let refusals = Refusals::default();
        refusals.refused("it takes too long");
        assert_eq!(red(&refusals), None);
        refusals.refused("it takes no changes");
        refusals.made();
        assert!(refusals.look().is_none());
    }

    #[test]
    fn what_is_refused_while_somebody_looks_is_not_forgotten() {
        let refusals = Refusals::default();
        refusals.refused("its disk is full");
        assert!(refusals.look().is_some());
        refusals.refused("its disk is full");
        refusals.settle();
        assert_eq!(red(&refusals), Some("its disk is full"));
    }
}
