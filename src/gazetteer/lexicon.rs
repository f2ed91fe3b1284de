//! Words of one class, as the tagger looks for them.

/// Known words of one class.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Sorted, so that the words with a common beginning are neighbours.
    words: Vec<Box<[char]>>,
    /// Each first character, and the index of the first word that begins with it.
    firsts: Vec<(char, u32)>,
    /// A bit for each character of the basic plane, set for the first ones.
    begins: Vec<u64>,
}

impl Lexicon {
    /// From words in any order.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words: Vec<Box<[char]>> = words.into_iter().map(|word| word.chars().collect()).collect();
        words.retain(|word| !word.is_empty());
        words.sort_unstable();
        words.dedup();
        let mut firsts: Vec<(char, u32)> = (0..).zip(&words).map(|(i, word)| (word[0], i)).collect();
        firsts.dedup_by_key(|first| first.0);
        let mut begins = vec![0; (1 << 16) / 64];
        for (first, _) in &firsts {
            if let Some(bits) = begins.get_mut(*first as usize / 64) {
                *bits |= 1 << (*first as usize % 64);
            }
        }
        Lexicon { words, firsts, begins }
    }

    /// Length of the longest word that `chars` begins with.
    pub fn longest(&self, chars: &[char]) -> Option<usize> {
        let first = *chars.first()?;
        // Most characters begin no word.
        if self.begins.get(first as usize / 64).is_some_and(|bits| bits >> (first as usize % 64) & 1 == 0) {
            return None;
        }
        let at = self.firsts.binary_search_by_key(&first, |first| first.0).ok()?;
        let start = self.firsts[at].1 as usize;
        let end = self.firsts.get(at + 1).map_or(self.words.len(), |next| next.1 as usize);
        let mut range = &self.words[start..end];
        let mut longest = (range[0].len() == 1).then_some(1);
        for (i, c) in chars.iter().enumerate().skip(1) {
            let at = |word: &[char]| word.get(i).copied();
            let first = range.partition_point(|word| at(word) < Some(*c));
            let count = range[first..].partition_point(|word| at(word) == Some(*c));
            range = &range[first..first + count];
            match range.first() {
                None => break,
                Some(word) if word.len() == i + 1 => longest = Some(i + 1),
                Some(_) => {}
            }
        }
        longest
    }
}
