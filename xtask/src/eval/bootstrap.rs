//! How far a figure of few passages may be trusted.

/// How often the passages are drawn anew.
const ROUNDS: usize = 2000;
/// The share of figures on each side that is left out.
const TAIL: f64 = 0.025;

/// The range in which 95 of 100 figures lie when as many passages are drawn from the same ones
/// with replacement (Efron 1979, percentiles). Passages and not mentions are drawn, since the
/// mentions of one passage stand and fall together. The same every time.
pub fn interval<T>(passages: &[T], figure: impl Fn(&mut dyn Iterator<Item = &T>) -> f64) -> (f64, f64) {
    let mut random = SplitMix(1);
    let mut figures: Vec<f64> = (0..ROUNDS)
        .map(|_| figure(&mut (0..passages.len()).filter_map(|_| passages.get(random.below(passages.len())))))
        .collect();
    figures.sort_by(f64::total_cmp);
    let at = |share: f64| figures[(share * (ROUNDS - 1) as f64).round() as usize];
    (at(TAIL), at(1.0 - TAIL))
}

/// Steele, Lea and Flood 2014: SplitMix64.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((u128::from(z ^ (z >> 31)) * limit as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(numbers: &mut dyn Iterator<Item = &f64>) -> f64 {
        let (count, sum) = numbers.fold((0, 0.0), |(count, sum), number| (count + 1, sum + number));
        sum / f64::from(count)
    }

    #[test]
    fn it_is_narrow_where_passages_agree_and_as_wide_as_theory_says_where_not() {
        assert_eq!(interval(&[0.5; 20], mean), (0.5, 0.5));
        let halves: Vec<f64> = (0..100).map(|i| f64::from(i % 2)).collect();
        let (low, high) = interval(&halves, mean);
        // ± 1.96 standard errors of 0.05.
        assert!((0.39..=0.42).contains(&low) && (0.58..=0.61).contains(&high), "{low} {high}");
    }
}
