//! Work on many things at once, whose results come in the order of the things.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvError, TryRecvError, sync_channel};

use rayon::Yield;

/// So many things for each thread are under way at most: enough that one which takes long keeps no thread waiting, few
/// enough to lie in memory.
const UNDER_WAY: usize = 8;

/// Lets the threads of the current pool do `work` with each of `things`, and hands what comes of it to `each`, in their
/// order. Things are taken from the iterator as they are needed.
///
/// # Errors
/// The first of `each`; nothing is handed to it then any more.
pub(crate) fn ordered<I: Send, T: Send, E>(
    things: impl Iterator<Item = I>,
    work: impl Fn(I) -> T + Sync,
    mut each: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let most = rayon::current_num_threads() * UNDER_WAY;
    let work = &work;
    rayon::in_place_scope(|scope| {
        let mut under_way: VecDeque<Receiver<T>> = VecDeque::with_capacity(most);
        // Where work panics its channel closes; the scope hands on the panic.
        let mut hand_on = |made: Receiver<T>| wait(&made).map_or(Ok(()), &mut each);
        for thing in things {
            if under_way.len() == most
                && let Some(first) = under_way.pop_front()
            {
                hand_on(first)?;
            }
            let (done, made) = sync_channel(1);
            // Nobody waits for it where `each` failed.
            scope.spawn(move |_| drop(done.send(work(thing))));
            under_way.push_back(made);
        }
        under_way.into_iter().try_for_each(hand_on)
    })
}

/// Waits for the result. A thread of the pool does other work of it meanwhile: if all of them waited, nobody would work.
fn wait<T>(made: &Receiver<T>) -> Result<T, RecvError> {
    loop {
        match made.try_recv() {
            Ok(made) => return Ok(made),
            Err(TryRecvError::Disconnected) => return Err(RecvError),
            Err(TryRecvError::Empty) => match rayon::yield_now() {
                None => return made.recv(),
                Some(Yield::Executed) => {}
                Some(Yield::Idle) => std::thread::yield_now(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    /// Takes longer for the first of every ten.
    fn slow(n: usize) -> usize {
        let rounds = if n.is_multiple_of(10) { 100_000 } else { 10 };
        n + (0..rounds).map(std::hint::black_box).filter(|round| *round == usize::MAX).count()
    }

    #[test]
    fn results_come_in_order_within_a_pool_and_beside_it() {
        let run = || {
            let mut made = Vec::new();
            ordered(0..500, slow, |n| {
                made.push(n);
                Ok::<_, ()>(())
            })
            .unwrap();
            made
        };
        let expected: Vec<usize> = (0..500).collect();
        assert_eq!(run(), expected);
        for threads in [1, 3] {
            assert_eq!(pool(threads).install(run), expected, "within a pool of {threads}");
        }
    }

    #[test]
    fn things_are_taken_as_they_are_needed() {
        let taken = AtomicUsize::new(0);
        let things = (0..10_000).inspect(|_| _ = taken.fetch_add(1, Ordering::Relaxed));
        let stopped = pool(2).in_place_scope(|_| ordered(things, slow, |n| if n == 5 { Err(n) } else { Ok(()) }));
        assert_eq!(stopped, Err(5));
        let threads = std::thread::available_parallelism().unwrap().get();
        assert!(taken.into_inner() <= 6 + threads * UNDER_WAY, "no more than what was under way");
    }
}
