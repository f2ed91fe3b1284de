//! The steps that Node does, on the package that was built.

use crate::browsers::{self, Engine};
use crate::error::{Error, Result};
use crate::process::{self, run};
use crate::serve::Site;
use crate::{npm, project};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The JavaScript holds what its types promise.
///
/// Checked is what is written by hand, as if the bindings that were built stood beside it.
pub fn types() -> Result<()> {
    npm::install()?;
    let config = project::path("target/tsconfig.json");
    // Named one by one: found by a pattern, `x.js` is left out where `x.d.ts` is there too.
    let files = scripts(&project::path("js"))?;
    let beside = serde_json::json!({ "rootDirs": [project::path("js"), project::path("pkg")] });
    let content = serde_json::json!({
        "extends": "../tsconfig.json", "compilerOptions": beside, "include": [], "files": files,
    });
    // Cargo may build elsewhere.
    std::fs::create_dir_all(project::path("target")).map_err(Error::file(&config))?;
    std::fs::write(&config, content.to_string()).map_err(Error::file(&config))?;
    let mut node = process::command("node", &[]);
    node.arg(npm::file("typescript/bin/tsc")).arg("--project").arg(config);
    run(node)
}

/// What is written by hand in the package: modules and types, without the bindings, and without the command,
/// which knows Node and no page.
fn scripts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Error::file(folder))?.flatten() {
        let path = entry.path();
        if path.is_dir() && !["wasm", "bin"].iter().any(|other| entry.file_name() == *other) {
            found.extend(scripts(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "js" || extension == "ts") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The pages in a real browser.
pub fn browser(engine: Engine) -> Result<()> {
    test(pages(engine)?, "tests/browser")
}

/// Node with a browser, and a server that it finds the pages on.
fn pages(engine: Engine) -> Result<Command> {
    npm::install()?;
    let executable = browsers::find(engine)?;
    let server = Site::demo().listen(0)?;
    let address = server.address();
    std::thread::spawn(|| server.serve());
    let mut node = process::command("node", &[]);
    node.env("ENGINE", engine.name()).env(engine.variable(), executable).env("MINGZHU_URL", address);
    Ok(node)
}

/// The package as others get it.
pub fn packaging() -> Result<()> {
    npm::install()?;
    test(process::command("node", &[]), "tests/packaging")
}

/// The examples as those who copy them build and run them.
pub fn examples() -> Result<()> {
    npm::install()?;
    let executable = browsers::find(Engine::Chromium)?;
    let mut install = process::command("node", &[]);
    install.arg(project::path("tests/examples/install.js"));
    run(install)?;
    let mut node = process::command("node", &[]);
    node.env(Engine::Chromium.variable(), executable);
    test(node, "tests/examples")
}

/// The documentation; its Rust is tested natively.
pub fn docs() -> Result<()> {
    let mut node = pages(Engine::Chromium)?;
    // The native tests have built the command; built by itself it would be compiled anew.
    if let Ok(folder) = std::env::current_exe() {
        node.env("MINGZHU_PROGRAMS", folder.with_file_name(""));
    }
    test(node, "tests/docs")
}

/// Node's test runner over the `*.test.js` files of a folder. They are named one by one:
/// what a folder's name means to it has changed between versions.
///
/// Browsers stumble now and then. Files with a test that failed are run once more: what fails
/// twice has failed, and what does not is told.
fn test(setting: Command, folder: &str) -> Result<()> {
    let folder = project::path(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map_err(Error::file(&folder))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.js"))
        .collect();
    files.sort();
    let first = attempt(&setting, &files);
    let Err(Error::Tests { list }) = &first else { return first };
    let failed = |file: &&PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        list.lines().any(|line| line.split(':').next().is_some_and(|place| place.ends_with(&*name)))
    };
    let again: Vec<PathBuf> = files.iter().filter(failed).cloned().collect();
    if again.is_empty() {
        return first;
    }
    println!("\ntests failed:\n{list}\nonce more:");
    attempt(&setting, &again)?;
    println!("\npassed when they were run again: see above what failed before");
    Ok(())
}

fn attempt(setting: &Command, files: &[PathBuf]) -> Result<()> {
    let failures = project::path("target/failures.txt");
    std::fs::create_dir_all(project::path("target")).map_err(Error::file(&failures))?;
    let mut node = process::command("node", &["--test"]);
    node.envs(setting.get_envs().filter_map(|(name, value)| Some((name, value?))));
    node.args(["--test-reporter=spec", "--test-reporter-destination=stdout"]);
    node.args(["--test-reporter=./tests/failures.js", "--test-reporter-destination=target/failures.txt"]);
    node.args(files);
    run(node).map_err(|error| match std::fs::read_to_string(&failures) {
        Ok(list) if !list.is_empty() => Error::Tests { list },
        _ => error,
    })
}
