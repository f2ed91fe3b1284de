//! Tables that commands write into the documentation.

use crate::error::{Error, Result};
use crate::project;
use std::fs;

/// Puts `content` into `docs/NAME`, between the lines `<!-- SECTION:begin -->` and
/// `<!-- SECTION:end -->`, which people leave there.
pub fn write(name: &str, section: &str, content: &str) -> Result<()> {
    let path = project::path("docs").join(name);
    let text = fs::read_to_string(&path).map_err(Error::file(&path))?;
    let Some(text) = replace(&text, section, content) else {
        return Err(Error::Markers { path, section: section.into() });
    };
    fs::write(&path, text).map_err(Error::file(&path))?;
    println!("written into {}", path.display());
    Ok(())
}

fn replace(text: &str, section: &str, content: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {section}:begin -->\n"), format!("<!-- {section}:end -->"));
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{}\n\n{end}{after}", content.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_changes() {
        let text = "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n";
        let new = replace(text, "x", "new\n").unwrap();
        assert_eq!(new, "a\n<!-- x:begin -->\n\nnew\n\n<!-- x:end -->\nb\n");
        assert_eq!(replace(&new, "x", "new").unwrap(), new);
        assert_eq!(replace(text, "y", "new"), None);
    }
}
