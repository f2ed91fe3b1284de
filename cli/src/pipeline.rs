//! Work on all cores, results in the order of the input, in bounded memory.

use crate::error::LineError;
use crate::lines::Line;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread;

/// What became of a line.
pub struct Done<T> {
    /// The line's number.
    pub number: u64,
    /// Bytes of input it took.
    pub size: u64,
    /// The result.
    pub result: Result<T, LineError>,
}

/// What the writing end is told.
pub enum Event<T> {
    /// The next line, in the order of the input.
    Done(Done<T>),
    /// Nothing is ready; a good moment to flush.
    Idle,
}

/// Applies `work` to every line on all cores and hands the results to `emit` in order.
///
/// The outer result is that of `emit`, which ends the run when it fails; the inner one that
/// of reading. Every queued line has a place in one bounded queue, so that a slow line holds
/// up the reading, not the memory.
pub fn run<T: Send>(
    lines: impl Iterator<Item = io::Result<Line>> + Send,
    work: impl Fn(&[u8]) -> Result<T, LineError> + Sync,
    mut emit: impl FnMut(Event<T>) -> io::Result<()>,
) -> io::Result<io::Result<()>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let depth = threads * 4;
    thread::scope(|scope| {
        let (to_workers, jobs) = sync_channel::<(Line, SyncSender<Done<T>>)>(depth);
        let (to_writer, in_order) = sync_channel::<Receiver<Done<T>>>(depth);
        let jobs = std::sync::Arc::new(Mutex::new(jobs));
        for _ in 0..threads {
            let (jobs, work) = (jobs.clone(), &work);
            scope.spawn(move || {
                while let Some((line, reply)) = next(&jobs) {
                    // Fails when the writer has given up; then the next job will not come.
                    let _ = reply.send(attempt(line, work));
                }
            });
        }
        // The workers alone hold it, so that sending fails when they are gone.
        drop(jobs);
        let reader = scope.spawn(move || {
            for line in lines {
                let (reply, result) = sync_channel(1);
                if to_writer.send(result).is_err() || to_workers.send((line?, reply)).is_err() {
                    break;
                }
            }
            Ok(())
        });
        write(in_order, &mut emit)?;
        Ok(reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn next<J>(jobs: &Mutex<Receiver<J>>) -> Option<J> {
    jobs.lock().ok()?.recv().ok()
}

fn attempt<T>(line: Line, work: impl Fn(&[u8]) -> Result<T, LineError>) -> Done<T> {
    let Line { number, size, content } = line;
    let result = content.and_then(|bytes| {
        // One line that hits a fault of ours must not cost a run of a million.
        catch_unwind(AssertUnwindSafe(|| work(&bytes))).unwrap_or(Err(LineError::Panic))
    });
    Done { number, size, result }
}

fn write<T>(
    in_order: Receiver<Receiver<Done<T>>>,
    emit: &mut impl FnMut(Event<T>) -> io::Result<()>,
) -> io::Result<()> {
    loop {
        let result = match in_order.try_recv() {
            Ok(result) => result,
            Err(TryRecvError::Disconnected) => return Ok(()),
            Err(TryRecvError::Empty) => {
                emit(Event::Idle)?;
                match in_order.recv() {
                    Ok(result) => result,
                    Err(_) => return Ok(()),
                }
            }
        };
        // No reply comes for the place whose line could not be read.
        if let Ok(done) = result.recv() {
            emit(Event::Done(done))?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: u64) -> impl Iterator<Item = io::Result<Line>> + Send {
        let line = |number: u64| Line { number, size: 1, content: Ok(number.to_string().into_bytes()) };
        (1..=count).map(move |number| Ok(line(number)))
    }

    #[test]
    fn results_come_in_order_whoever_is_first() {
        let work = |bytes: &[u8]| {
            if bytes.ends_with(b"0") {
                thread::sleep(std::time::Duration::from_millis(2));
            }
            Ok(String::from_utf8_lossy(bytes).into_owned())
        };
        let mut seen = Vec::new();
        let emit = |event| {
            if let Event::Done(Done { result: Ok(text), .. }) = event {
                seen.push(text);
            }
            Ok(())
        };
        run(lines(200), work, emit).unwrap().unwrap();
        assert_eq!(seen, (1..=200).map(|n| n.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_costs_one_line() {
        let work = |bytes: &[u8]| if bytes == b"7" { panic!("on purpose") } else { Ok(()) };
        let mut bad = Vec::new();
        let emit = |event| {
            if let Event::Done(Done { number, result: Err(_), .. }) = event {
                bad.push(number);
            }
            Ok(())
        };
        run(lines(50), work, emit).unwrap().unwrap();
        assert_eq!(bad, [7]);
    }

    #[test]
    fn a_writer_that_fails_ends_an_endless_input() {
        let emit = |event| match event {
            Event::Done(Done { number: 5.., .. }) => Err(io::ErrorKind::BrokenPipe.into()),
            _ => Ok(()),
        };
        let error = run(lines(u64::MAX), |_| Ok(()), emit).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn a_read_error_comes_after_what_was_read() {
        let broken = lines(3).chain([Err(io::ErrorKind::TimedOut.into())]);
        let mut count = 0;
        let emit = |event| {
            count += u64::from(matches!(event, Event::Done(_)));
            Ok(())
        };
        let read = run(broken, |_| Ok(()), emit).unwrap();
        assert_eq!((count, read.unwrap_err().kind()), (3, io::ErrorKind::TimedOut));
    }
}
