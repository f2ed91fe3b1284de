//! The library as wasm, with bindings.

use super::Profile;
use crate::error::{Error, Result};
use crate::{npm, process};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use wasm_bindgen_cli_support::Bindgen;

/// What rustc calls the browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What rustc may use for this target (its defaults and, from `.cargo/config.toml`, SIMD).
/// wasm-opt refuses code that uses a feature it was not told of.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Adds the standard library for wasm when it is missing.
pub fn add_target() -> Result<()> {
    let folder =
        process::output(process::command("rustc", &["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    process::run(process::command("rustup", &["target", "add", TARGET]))
}

/// A wasm module of the package.
struct Module {
    /// The crate.
    package: &'static str,
    /// What its files are called.
    name: &'static str,
}

/// The library, and what only a fact-checker's desk loads.
const MODULES: [Module; 2] = [
    Module { package: "mingzhu", name: "mingzhu" },
    Module { package: "mingzhu-desk", name: "mingzhu_desk" },
];

/// Compiles the modules and makes their bindings; returns the folder with `mingzhu.js`, `mingzhu_bg.wasm` and their like.
pub fn build(profile: Profile) -> Result<PathBuf> {
    add_target()?;
    let compiled = MODULES.iter().map(|module| compile(module, profile)).collect::<Result<Vec<_>>>()?;
    let folder = compiled[0].with_file_name("bindings");
    clear(&folder)?;
    for (module, file) in MODULES.iter().zip(&compiled) {
        bind(module, file, &folder)?;
        let bound = folder.join(format!("{}_bg.wasm", module.name));
        if profile == Profile::Release {
            optimise(&bound)?;
        }
        seal(&bound)?;
    }
    Ok(folder)
}

/// Compiles a module; returns the wasm file.
fn compile(module: &Module, profile: Profile) -> Result<PathBuf> {
    // Beside a Rust library, which cargo cannot optimise at linking, it would leave dead tables in.
    let only = ["--crate-type", "cdylib"];
    let mut cargo = process::cargo(&["rustc", "--package", module.package, "--lib", "--target", TARGET]);
    cargo.args(only);
    cargo.args(["--config", &flags()]);
    cargo.args(["--profile", profile.cargo_name(), "--message-format", "json-render-diagnostics"]);
    let command = process::line(&cargo);
    cargo.stdout(Stdio::piped());
    let messages = process::output(cargo)?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == module.name)
        .filter_map(|message| message["filenames"].as_array().cloned())
        .flatten()
        .filter_map(|file| file.as_str().map(PathBuf::from))
        .find(|file| file.extension().is_some_and(|extension| extension == "wasm"))
        .ok_or_else(|| Error::Output { command, detail: "no wasm file is announced".into() })
}

/// Functions are put where they are called when they are this small, in LLVM's measure: a fifth of what
/// it does by itself. The wasm is 5 % smaller under brotli, and as fast (docs/performance.md).
const INLINED: &str = "-Cllvm-args=-inline-threshold=50";

/// A function that is called from one place stays one, if it is larger than this. By itself wasm-opt makes
/// a sixth of all code one function, which a browser has to compile whole before the first name is found.
const ONE_CALLER: &str = "--one-caller-inline-max-function-size=50";

/// What rustc is told besides, as a setting of cargo that is added to the others.
fn flags() -> String {
    let flags: Vec<_> = [INLINED.to_owned()].into_iter().chain(nowhere()).collect();
    format!("target.{TARGET}.rustflags={}", serde_json::json!(flags))
}

/// Has panics call the crates of the registry by their names: where they lie is different on every
/// machine, and nobody's business.
fn nowhere() -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let folders = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    let folders = folders.into_iter().flatten().flatten().map(|entry| entry.path());
    folders.map(|folder| format!("--remap-path-prefix={}=/crates", folder.display())).collect()
}

/// Makes the JavaScript bindings in a folder.
fn bind(module: &Module, file: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(file).out_name(module.name).typescript(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|error| Error::Bindings(error.into()))
}

/// Runs wasm-opt over a bound module, in place.
fn optimise(module: &Path) -> Result<()> {
    npm::install()?;
    let mut node = process::command("node", &[]);
    node.arg(npm::file("binaryen/bin/wasm-opt"))
        .args(FEATURES)
        .args(["-O3", ONE_CALLER, "--strip-debug", "--strip-producers", "-o"])
        .args([module, module]);
    process::run(node)
}

/// Ends a module with a section that holds the sum of all before it: so the scripts of another build
/// tell a whole file, which is of another build than they, from a damaged one (`js/files.js`).
fn seal(module: &Path) -> Result<()> {
    let mut bytes = std::fs::read(module).map_err(Error::file(module))?;
    let sum = crc32fast::hash(&bytes);
    // A custom section of ten bytes, whose name is five long.
    bytes.extend(b"\x00\x0a\x05crc32");
    bytes.extend(sum.to_le_bytes());
    std::fs::write(module, bytes).map_err(Error::file(module))
}

/// Leaves `folder` there and empty.
fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(Error::file(folder))?;
    }
    std::fs::create_dir_all(folder).map_err(Error::file(folder))
}
