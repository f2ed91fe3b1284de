//! How far it is, on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;

/// A bar over bytes of input, or a counter where their number is unknown.
///
/// It is drawn on stderr when that is a terminal and stdout is not: on the same terminal
/// the results themselves show how far it is.
pub fn bar(size: Option<u64>) -> ProgressBar {
    let bar = match size {
        Some(size) => ProgressBar::new(size),
        None => ProgressBar::no_length(),
    };
    let template = match size {
        Some(_) => "{bar:30} {percent:>3} % of {total_bytes}, {msg} texts, {bytes_per_sec}, {eta} to go",
        None => "{spinner} {bytes}, {msg} texts, {bytes_per_sec}",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    if std::io::stdout().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar
}
