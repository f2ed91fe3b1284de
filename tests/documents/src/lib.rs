//! Nothing but tests: what the documentation shows is compiled and run.

#[cfg(test)]
mod pieces {
    #[allow(unused_imports)]
    use mingzhu::{Annotator, Assets, Entry, Kind, Term};
    use std::{fs, path::Path};

    type Result = std::result::Result<(), Box<dyn std::error::Error>>;

    /// What a piece may speak of without having made it.
    macro_rules! setting {
        ($text:ident, $assets:ident, $annotator:ident, $townships:ident) => {
            // Paths in the documents are those of the repository.
            std::env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))?;
            let read = |name: &str| fs::read(Path::new("assets").join(name));
            let (dictionary, gazetteer, model) =
                (read("dictionary.mz")?, read("gazetteer.mz")?, read("model.mz")?);
            let $townships = read("townships.mz")?;
            let $assets = Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model };
            let mut $annotator = Annotator::load($assets)?;
            let $text = "滨州市副市长陈立群出席会议。";
        };
    }

    include!(concat!(env!("OUT_DIR"), "/documents.rs"));
}
