//! `cargo xtask serve`: the demo page and the package over HTTP, for this machine only.

mod site;

pub use site::Site;

use crate::error::Result;
use std::io::Write as _;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// The port to listen on; 0 takes any free one.
    #[arg(long, default_value_t = 8100)]
    port: u16,
}

/// Serves www/ and pkg/ until interrupted.
pub fn run(arguments: &Arguments) -> Result<()> {
    let server = Site::demo().listen(arguments.port)?;
    println!("{}", server.address());
    // Whoever started us through a pipe waits for this line.
    let _ = std::io::stdout().flush();
    server.serve();
    Ok(())
}
