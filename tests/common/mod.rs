//! The shipped assets, for tests from outside.

use std::sync::LazyLock;

use mingzhu::{Annotator, Assets};

/// Bytes of a file in `assets/`.
pub fn asset(name: &str) -> Vec<u8> {
    let path = format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// One annotator for all tests of a file: loading it takes most of a test's time.
#[allow(dead_code, reason = "not every file of tests needs it")]
pub static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| {
    let (dictionary, gazetteer, model) = (asset("dictionary.mz"), asset("gazetteer.mz"), asset("model.mz"));
    Annotator::load(Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model }).unwrap()
});
