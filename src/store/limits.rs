//! How far an evaluation may go.

use std::fmt;

use oxigraph::sparql::CancellationToken;

use super::StoreError;

/// Ends an evaluation from another thread. Clones end the same one.
#[derive(Clone, Default)]
pub struct Stop(CancellationToken);

/// How far an evaluation may go.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many rows or triples are read.
    pub rows: usize,
    /// Ends it.
    pub stop: Stop,
}

impl Default for Limits {
    /// No limit.
    fn default() -> Self {
        Self { rows: usize::MAX, stop: Stop::default() }
    }
}

impl Limits {
    /// Reads what the limits let in, and says whether there is more.
    ///
    /// # Errors
    /// Those of `found`; [`StoreError::Stopped`].
    pub fn read<T>(&self, found: impl Iterator<Item = Result<T, StoreError>>) -> Result<(Vec<T>, bool), StoreError> {
        let mut read = Vec::new();
        for item in found {
            self.stop.check()?;
            let item = item?;
            if read.len() == self.rows {
                return Ok((read, true));
            }
            read.push(item);
        }
        Ok((read, false))
    }
}

impl Stop {
    /// Ends it.
    pub fn stop(&self) {
        self.0.cancel();
    }

    /// Whether it was told to end.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Fails once it was told to end.
    ///
    /// # Errors
    /// [`StoreError::Stopped`].
    pub fn check(&self) -> Result<(), StoreError> {
        if self.is_stopped() { Err(StoreError::Stopped) } else { Ok(()) }
    }

    pub(super) fn token(&self) -> CancellationToken {
        self.0.clone()
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stop").field(&self.is_stopped()).finish()
    }
}
