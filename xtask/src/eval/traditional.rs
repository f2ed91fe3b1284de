//! The same passages in Traditional characters, by OpenCC's tables.

use super::gold::Passage;
use crate::error::{Error, Result};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// Forms of Traditional text.
pub const FORMS: [Form; 3] = [
    Form { name: "OpenCC's own standard (s2t)", config: BuiltinConfig::S2t },
    Form { name: "Taiwan (s2tw)", config: BuiltinConfig::S2tw },
    Form { name: "Hong Kong (s2hk)", config: BuiltinConfig::S2hk },
];

/// A form of Traditional text.
pub struct Form {
    /// What tables call it.
    pub name: &'static str,
    config: BuiltinConfig,
}

impl Form {
    /// The passages in this form. The tables give a character for a character, so all spans
    /// stay where they are.
    pub fn convert(&self, passages: &[Passage]) -> Result<Vec<Passage>> {
        let fail = |detail: String| Error::Output { command: "OpenCC".into(), detail };
        let converter = OpenCC::from_config(self.config).map_err(|error| fail(error.to_string()))?;
        let convert = |passage: &Passage| {
            let text = converter.convert(&passage.text);
            if text.chars().count() == passage.text.chars().count() {
                Ok(passage.with_text(text))
            } else {
                Err(fail(format!("{}: {} changes the length", passage.id, self.name)))
            }
        };
        passages.iter().map(convert).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn spans_mark_the_same_words() {
        let passage = serde_json::from_value(json!({
            "id": "a", "text": "云川市后面的干部发现头发里", "mentions": [[0, 3, "PLACE"]],
        }));
        for form in FORMS {
            let converted = form.convert(std::slice::from_ref(passage.as_ref().unwrap())).unwrap();
            assert!(converted[0].text.starts_with("雲川市後面的幹部發現頭髮"), "{}", converted[0].text);
            assert!(converted[0].names().eq(["雲川市".to_owned()]));
        }
    }
}
