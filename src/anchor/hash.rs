//! A short name for a long text.

/// FNV-1a of 64 bits, over code points.
pub(crate) fn hash(chars: impl IntoIterator<Item = char>) -> u64 {
    let step = |hash: u64, c: char| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    chars.into_iter().fold(0xcbf2_9ce4_8422_2325, step)
}
