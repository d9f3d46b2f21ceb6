//! Work in parallel, results in order, memory bounded.
//!
//! One thread makes jobs, several work on them, and the caller's thread takes the results in the order in which the jobs were
//! made. What is under way at one time is bounded by number and by weight. It knows nothing of pages.
//! A taker that has something to do while nothing comes is called now and then with nothing.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Jobs under way for each worker: enough that a slow one does not starve the others.
const AHEAD: usize = 16;
/// Bytes of pages under way at one time. A heavier job runs alone.
const WEIGHT: usize = 48 << 20;
/// Stack of a worker: parsers follow nested markup to a fixed depth, and this holds it in a build without optimisation.
const STACK: usize = 16 << 20;

/// The taker hears at least this often.
const TICK: Duration = Duration::from_millis(250);

/// Something to do, which takes memory while it is under way.
pub(crate) trait Job: Send {
    /// Bytes it holds.
    fn weight(&self) -> usize;
}

/// The number of workers: what was asked for, or one a processor.
pub(crate) fn threads(asked: Option<usize>) -> usize {
    let processors = || thread::available_parallelism().map_or(1, usize::from);
    asked.unwrap_or_else(processors).clamp(1, 256)
}

/// Runs `work` on everything that `make` sends, on `threads` threads, and gives the results to `take` in the order sent.
///
/// `make`'s sender answers `Break` once `take` has; nothing more is wanted then.
pub(crate) fn in_order<J: Job, R: Send>(
    threads: usize,
    make: impl FnOnce(&mut dyn FnMut(J) -> ControlFlow<()>) + Send,
    work: impl Fn(J) -> R + Sync,
    mut take: impl FnMut(Option<R>) -> ControlFlow<()>,
) {
    let budget = Budget::default();
    let (order, ordered) = sync_channel::<(Receiver<R>, usize)>(threads * AHEAD);
    let (jobs, queue) = sync_channel::<(J, SyncSender<R>)>(threads * AHEAD);
    let queue = Mutex::new(queue);
    let (budget, queue, work) = (&budget, &queue, &work);
    thread::scope(|scope| {
        for _ in 0..threads {
            let worker = move || labour(queue, work);
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, worker)
                .expect("a thread can be started");
        }
        scope.spawn(move || {
            make(&mut |job| {
                let weight = job.weight().min(WEIGHT);
                let (give, given) = sync_channel(1);
                budget.take(weight);
                let sent = order.send((given, weight)).is_ok() && jobs.send((job, give)).is_ok();
                if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        });
        while let Some((given, weight)) = next(&ordered, &mut take)
            && let Some(result) = next(&given, &mut take)
        {
            let flow = take(Some(result));
            budget.give(weight);
            if flow.is_break() {
                break;
            }
        }
        drop(ordered);
        budget.close();
    });
}

/// What comes next; `None` when nothing more does, or the taker has had enough.
fn next<T, R>(from: &Receiver<T>, take: &mut impl FnMut(Option<R>) -> ControlFlow<()>) -> Option<T> {
    loop {
        match from.recv_timeout(TICK) {
            Ok(came) => return Some(came),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) if take(None).is_break() => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

fn labour<J, R>(queue: &Mutex<Receiver<(J, SyncSender<R>)>>, work: &impl Fn(J) -> R) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((job, give)) = next else { return };
        // Nobody waits for the result any more once the taker has stopped.
        let _ = give.send(work(job));
    }
}

/// How much may be under way.
#[derive(Default)]
struct Budget {
    state: Mutex<(usize, bool)>,
    freed: Condvar,
}

impl Budget {
    /// Waits until `weight` fits. Something always fits when nothing is under way.
    fn take(&self, weight: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.0 > 0 && state.0 + weight > WEIGHT && !state.1 {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.0 += weight;
    }

    fn give(&self, weight: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0 -= weight;
        self.freed.notify_one();
    }

    /// Lets everybody through: nothing more will be given back.
    fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    struct Number(usize);

    impl Job for Number {
        fn weight(&self) -> usize {
            WEIGHT / 3
        }
    }

    fn count_to(last: usize) -> impl FnOnce(&mut dyn FnMut(Number) -> ControlFlow<()>) + Send {
        move |send| {
            let _ = (0..last).try_for_each(|n| send(Number(n)));
        }
    }

    #[test]
    fn results_keep_the_order_of_the_jobs_and_the_weight_is_bounded() {
        let under_way = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let work = |job: Number| {
            let now = under_way.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(now, Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_micros(((job.0 * 7) % 5) as u64 * 100));
            under_way.fetch_sub(1, Ordering::SeqCst);
            job.0
        };
        let mut seen = Vec::new();
        in_order(8, count_to(200), work, |n| {
            seen.extend(n);
            ControlFlow::Continue(())
        });
        assert_eq!(seen, (0..200).collect::<Vec<_>>());
        assert!(most.load(Ordering::SeqCst) <= 3);
    }

    #[test]
    fn a_taker_that_stops_ends_the_work() {
        let mut seen = 0;
        in_order(
            2,
            count_to(usize::MAX),
            |job: Number| job.0,
            |n| {
                seen += usize::from(n.is_some());
                if seen == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(seen, 5);
    }
}
