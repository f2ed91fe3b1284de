//! Makes a test of each piece of Rust in the documentation.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    println!("cargo::rerun-if-changed=build.rs");
    let mut tests = String::new();
    for document in documents(&root) {
        println!("cargo::rerun-if-changed={}", document.display());
        let text = fs::read_to_string(&document).expect("a document can be read");
        let name =
            document.file_stem().unwrap_or_default().to_string_lossy().to_lowercase().replace('-', "_");
        for (line, block) in blocks(&text) {
            write!(
                tests,
                "#[test]\n#[allow(unused)]\nfn {name}_line_{line}() -> Result {{\n\
                 setting!(text, assets, annotator, townships);\n{{\n{block}}}\nOk(())\n}}\n\n"
            )
            .expect("writing to a String cannot fail");
        }
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("documents.rs");
    fs::write(out, tests).expect("cargo's folder can be written to");
}

fn documents(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in [root.to_owned(), root.join("docs")] {
        println!("cargo::rerun-if-changed={}", folder.join("SUMMARY.md").display());
        let entries = fs::read_dir(&folder).expect("the folder is there");
        found.extend(
            entries
                .filter_map(|entry| Some(entry.ok()?.path()))
                .filter(|path| path.extension().is_some_and(|it| it == "md")),
        );
    }
    found.sort();
    found
}

/// What stands between fences of Rust, with the line it begins on.
fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        match line {
            "```rust" => {
                inside = true;
                found.push((number + 1, String::new()));
            }
            "```" => inside = false,
            line if inside => {
                let block = &mut found.last_mut().expect("it was begun").1;
                block.push_str(line);
                block.push('\n');
            }
            _ => {}
        }
    }
    found
}
