//! `cargo xtask bench`: what it costs in a browser, beside jieba-wasm.

use crate::browsers::{self, Engine};
use crate::build::{self, Profile};
use crate::error::Result;
use crate::serve::Site;
use crate::{document, npm, process, project};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// How many fresh browsers to start for each
    #[arg(long, default_value_t = 5)]
    runs: u32,
    /// Read this text instead of the demo page's articles
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// Write the table into docs/performance.md
    #[arg(long)]
    write: bool,
}

/// Builds the package and measures it in a headless browser.
pub fn run(arguments: &Arguments) -> Result<()> {
    // Always: what lies in pkg/ may be a quick build, whose figures mean nothing.
    build::run(&build::Arguments { profile: Profile::Release })?;
    npm::install()?;
    let chromium = browsers::find(Engine::Chromium)?;
    let site = Site::new()
        .mount("/bench/", project::path("benches/browser"))
        .mount("/written/wasm/", project::path("pkg/wasm"))
        .mount("/written/assets/", project::path("pkg/assets"))
        .mount("/written/", project::path("js"))
        .mount("/jieba-wasm/", npm::file("jieba-wasm/pkg/web"))
        .and(Site::demo());
    let server = site.listen(0)?;
    let address = server.address();
    std::thread::spawn(|| server.serve());
    let mut node = process::command("node", &[]);
    node.arg(project::path("benches/browser/run.js")).arg(address).arg(chromium);
    node.arg(arguments.runs.max(1).to_string());
    node.args(&arguments.text);
    let table = process::output(node)?;
    print!("{table}");
    if arguments.write { document::write("performance.md", "bench", &table) } else { Ok(()) }
}
