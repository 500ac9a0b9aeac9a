//! Trying again, with waits that grow.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::RemoteError;

/// The first wait.
const FIRST: Duration = Duration::from_millis(250);
/// No wait is longer, but where the server asks for it.
const LONGEST: Duration = Duration::from_secs(10);

/// Does something that may fail for a while, until it succeeds, fails for good, or `within` is over. Each failure that is
/// waited out is told with the wait.
pub(super) fn persist<T>(
    within: Duration,
    tell: &mut dyn FnMut(&RemoteError, Duration),
    mut attempt: impl FnMut() -> Result<T, RemoteError>,
) -> Result<T, RemoteError> {
    let started = Instant::now();
    let mut wait = FIRST;
    let mut times = 0;
    loop {
        let error = match attempt() {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        times += 1;
        let now = error.later().map_or(wait, Duration::from_secs).max(FIRST);
        if error.tries().is_none_or(|most| times >= most) || started.elapsed() + now > within {
            return Err(if times > 1 { RemoteError::GivenUp { why: Box::new(error), times } } else { error });
        }
        tell(&error, now);
        sleep(now);
        wait = (wait * 2).min(LONGEST);
    }
}
