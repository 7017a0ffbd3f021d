//! The counters that all nodes share.

use super::link::{Link, LinkTask};
use super::names::Names;
use crate::LoginKey;
use redis::{Client, Cmd};
use std::fmt::{self, Display};
use std::time::Duration;

/// Counts a failure. The counter expires with the window, which begins with the first failure.
const COUNT: &str = "
for _, key in ipairs(KEYS) do
    if redis.call('INCR', key) == 1 then redis.call('PEXPIRE', key, ARGV[1]) end
end
return 1";

/// The longest time until a full counter expires, in milliseconds.
const WAIT: &str = "
local wait = 0
for i, key in ipairs(KEYS) do
    local failures = tonumber(redis.call('GET', key) or '0')
    if failures >= tonumber(ARGV[i]) then wait = math.max(wait, redis.call('PTTL', key)) end
end
return wait";

/// Takes from budgets, and returns the time until they are full again. A counter holds the moment at which its budget is
/// full, in microseconds, and expires then.
const SPEND: &str = "
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local full_in = {}
for i, key in ipairs(KEYS) do
    local full_at = math.max(tonumber(redis.call('GET', key) or '0'), now)
    full_at = math.min(full_at + tonumber(ARGV[i + 1]), now + tonumber(ARGV[1]))
    redis.call('SET', key, string.format('%.0f', full_at), 'PX', math.ceil((full_at - now) / 1000) + 1)
    full_in[i] = full_at - now
end
return full_in";

/// The counters that all nodes on one Redis share. Clones share the connection.
#[derive(Clone)]
pub struct RedisCounters {
    link: Link,
    names: Names,
}

impl fmt::Debug for RedisCounters {
    /// The key of the names is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisCounters").finish_non_exhaustive()
    }
}

impl RedisCounters {
    /// Counters whose names begin with `prefix` and are derived from a secret that all nodes share, and the task that connects
    /// them. While that task does not run, or Redis is away, they count nothing. No call waits longer than `time_limit`.
    pub fn new(client: Client, prefix: &str, secret: &[u8], time_limit: Duration) -> (Self, CountersCarrier) {
        let (link, other_end) = Link::new(client, time_limit);
        (Self { link, names: Names::new(prefix, secret) }, CountersCarrier(other_end))
    }

    /// Counts a failure for each of these, in windows of this length.
    pub(super) fn count(&self, keys: &[LoginKey], window: Duration) {
        let names = keys.iter().map(|key| self.name_of(key)).collect();
        self.link.ask::<i64>(script(COUNT, names).arg(millis(window)).clone());
    }

    /// How long to wait until all of these are below their allowed number of failures.
    pub(super) fn wait(&self, keys: &[LoginKey], allowed: impl Fn(&LoginKey) -> u32) -> Option<Duration> {
        let names = keys.iter().map(|key| self.name_of(key)).collect();
        let allowed: Vec<u32> = keys.iter().map(allowed).collect();
        let wait: i64 = self.link.ask(script(WAIT, names).arg(allowed).clone())?;
        u64::try_from(wait).ok().filter(|wait| *wait > 0).map(Duration::from_millis)
    }

    /// Takes from budgets of this kind, which all refill in `window`, and returns the time until they are full again. What
    /// nodes took beyond a budget before they learned of each other is owed, up to one more budget. `None` while Redis is away.
    pub(crate) fn spend<Key: Display>(
        &self,
        kind: &str,
        clients: &[Key],
        taken: &[Duration],
        window: Duration,
    ) -> Option<Vec<Duration>> {
        if clients.is_empty() {
            return None;
        }
        let names = clients.iter().map(|client| self.names.of(kind, &client.to_string())).collect();
        let taken: Vec<u64> = taken.iter().map(|taken| micros(*taken)).collect();
        let full_in: Vec<u64> = self.link.ask(script(SPEND, names).arg(micros(window * 2)).arg(taken).clone())?;
        Some(full_in.into_iter().map(Duration::from_micros).collect())
    }

    fn name_of(&self, key: &LoginKey) -> String {
        match key {
            LoginKey::Name(name) => self.names.of("failed-name", name),
            LoginKey::Network(network) => self.names.of("failed-address", &network.to_string()),
        }
    }
}

/// The task behind [`RedisCounters`].
pub struct CountersCarrier(LinkTask);

impl fmt::Debug for CountersCarrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CountersCarrier").finish_non_exhaustive()
    }
}

impl CountersCarrier {
    /// Connects to Redis, and reconnects, until the last of the counters is dropped.
    pub async fn run(self) {
        self.0.run().await;
    }
}

/// A script over these counters; its arguments follow.
fn script(text: &str, names: Vec<String>) -> Cmd {
    let mut command = redis::cmd("EVAL");
    command.arg(text).arg(names.len()).arg(names);
    command
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
