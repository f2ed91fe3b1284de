//! Running other programs.

use crate::error::{Error, Result};
use crate::project;
use std::process::{Command, Stdio};

/// A command that runs in the repository's root.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(project::root());
    command
}

/// Cargo, the one that runs us.
pub fn cargo(arguments: &[&str]) -> Command {
    command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), arguments)
}

/// Runs a command to its end; its output goes where ours goes.
pub fn run(mut command: Command) -> Result<()> {
    let status = command.status().map_err(|source| Error::Start { program: name(&command), source })?;
    if status.success() { Ok(()) } else { Err(Error::Failed { command: line(&command), status }) }
}

/// Runs a command to its end and returns what it printed on stdout.
pub fn output(mut command: Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| Error::Start { program: name(&command), source })?;
    if !output.status.success() {
        return Err(Error::Failed { command: line(&command), status: output.status });
    }
    String::from_utf8(output.stdout)
        .map_err(|error| Error::Output { command: line(&command), detail: error.to_string() })
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(name(command)).chain(arguments).collect::<Vec<_>>().join(" ")
}

fn name(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    program.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned()
}
