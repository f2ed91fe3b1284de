//! The browsers that tests and measurements run in.

use crate::error::{Error, Result};
use crate::process;
use std::path::PathBuf;

/// A browser engine that the pages must work in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Of Chromium, Chrome and Edge.
    Chromium,
    /// Of Firefox; driven over WebDriver BiDi, which every release speaks.
    Firefox,
    /// Of Safari; here WebKitGTK's, by its WebDriver.
    WebKit,
}

impl Engine {
    /// What it is called, also in the tests' environment.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
        }
    }

    /// The environment variable that names the executable, for us and for the tests.
    pub fn variable(self) -> &'static str {
        match self {
            Engine::Chromium => "CHROMIUM",
            Engine::Firefox => "FIREFOX",
            Engine::WebKit => "WEBKIT_DRIVER",
        }
    }

    /// Debian's packages.
    pub fn packages(self) -> &'static [&'static str] {
        match self {
            Engine::Chromium => &["chromium"],
            Engine::Firefox => &["firefox-esr"],
            // Its windows need a display, and in CI there is none.
            Engine::WebKit => &["webkit2gtk-driver", "xvfb"],
        }
    }

    /// What the executable may be called.
    fn names(self) -> &'static [&'static str] {
        match self {
            Engine::Chromium => {
                &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
            }
            Engine::Firefox => &["firefox-esr", "firefox"],
            Engine::WebKit => &["WebKitWebDriver"],
        }
    }

    /// What installs on macOS and Windows, which do not put it on the PATH.
    fn places(self) -> &'static [&'static str] {
        match self {
            Engine::Chromium => &[
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                r"C:\Program Files\Google\Chrome\Application\chrome.exe",
                r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
            ],
            Engine::Firefox => &[
                "/Applications/Firefox.app/Contents/MacOS/firefox",
                r"C:\Program Files\Mozilla Firefox\firefox.exe",
            ],
            Engine::WebKit => &[],
        }
    }

    fn installed(self) -> Option<PathBuf> {
        let known = self.places().iter().map(PathBuf::from).find(|path| path.is_file());
        self.names().iter().find_map(|name| on_path(name)).or(known).filter(|_| self.has_display())
    }

    fn has_display(self) -> bool {
        let shown = || std::env::var_os("DISPLAY").or_else(|| std::env::var_os("WAYLAND_DISPLAY")).is_some();
        self != Engine::WebKit || shown() || on_path("Xvfb").is_some()
    }
}

/// Finds a browser: the one its environment variable names, else the system's, else
/// Debian's package when we may install it.
pub fn find(engine: Engine) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(engine.variable()) {
        return Ok(named.into());
    }
    if let Some(found) = engine.installed() {
        return Ok(found);
    }
    if is_root() && on_path("apt-get").is_some() {
        println!("no {} here; installing Debian's", engine.name());
        process::run(process::command("apt-get", &["update", "-q"]))?;
        let install = ["install", "-q", "--yes", "--no-install-recommends"];
        process::run(process::command("apt-get", &[&install, engine.packages()].concat()))?;
    }
    engine.installed().ok_or(Error::NoBrowser { engine })
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&file)).find(|file| file.is_file())
}

fn is_root() -> bool {
    process::output(process::command("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}
