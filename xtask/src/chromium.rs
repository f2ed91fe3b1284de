//! The browser that tests and measurements run in.

use crate::error::{Error, Result};
use crate::process;
use std::path::PathBuf;

/// What browsers of the family are called.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// What installs on macOS and Windows, which do not put it on the PATH.
const PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
];

/// Finds a browser: the one `CHROMIUM` names, else the system's, else Debian's package when
/// we may install it.
pub fn find() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    if is_root() && on_path("apt-get").is_some() {
        println!("no Chromium here; installing Debian's");
        process::run(process::command("apt-get", &["update", "-q"]))?;
        process::run(process::command(
            "apt-get",
            &["install", "-q", "--yes", "--no-install-recommends", "chromium"],
        ))?;
    }
    installed().ok_or(Error::NoChromium)
}

fn installed() -> Option<PathBuf> {
    let known = PLACES.iter().map(PathBuf::from).find(|path| path.is_file());
    NAMES.iter().find_map(|name| on_path(name)).or(known)
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&file)).find(|file| file.is_file())
}

fn is_root() -> bool {
    process::output(process::command("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}
