//! What an article calls its entities besides their names.

use std::collections::HashSet;

use super::names::shown;
use crate::article::Article;

/// Gives every entity the other forms that the text writes: the name, which may be fuller than any
/// of them, must be settled.
pub fn name_aliases(text: &str, article: &mut Article) {
    for entity in &mut article.entities {
        // A set of its own: to empty one that has grown takes as long as it has grown.
        let mut written = HashSet::from([entity.name.clone()]);
        for mention in &entity.mentions {
            let mention = &article.mentions[*mention as usize];
            let form = shown(text.get(mention.start as usize..mention.end as usize).unwrap_or(""));
            if !form.is_empty() && written.insert(form.clone()) {
                entity.aliases.push(form);
            }
        }
    }
}
