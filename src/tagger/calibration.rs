//! From what the chain takes for probable to what is: scores that are probabilities.
//!
//! On text unlike what it learned from a model is too sure of itself. Its log-odds are
//! stretched and moved, as measured on passages that it did not learn from (Platt 1999); the
//! order of scores stays. `training/assets` fits the numbers, `docs/accuracy.md` says how well.

use crate::asset::Asset;
use crate::error::Result;

/// The model's section that holds the numbers, as f32: slope, intercept, again.
pub const CALIBRATION_SECTION: [u8; 4] = *b"CALB";

/// Scores closer to 0 and 1 than this tell nothing more.
const EDGE: f32 = 1e-6;

/// How scores are corrected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// What the log-odds are multiplied by, more than zero.
    pub slope: f32,
    /// What is added to them then.
    pub intercept: f32,
    /// Probability of a name that is only found again ([`echoes`](super::echoes)).
    pub again: f32,
}

impl Default for Calibration {
    /// Scores as they are.
    fn default() -> Self {
        Calibration { slope: 1.0, intercept: 0.0, again: 0.6 }
    }
}

impl Calibration {
    /// That of a model, or the default where the model has none.
    pub(super) fn read(asset: &Asset<'_>) -> Result<Self> {
        let Some((_, bytes)) = asset.sections().find(|(name, _)| *name == CALIBRATION_SECTION) else {
            return Ok(Calibration::default());
        };
        let numbers: Vec<f32> =
            bytes.chunks(4).filter_map(|b| Some(f32::from_le_bytes(b.try_into().ok()?))).collect();
        match numbers[..] {
            [slope, intercept, again]
                if slope.is_finite()
                    && slope > 0.0
                    && intercept.is_finite()
                    && (0.0..=1.0).contains(&again) =>
            {
                Ok(Calibration { slope, intercept, again })
            }
            _ => Err(asset.invalid(format!("calibration {numbers:?}"))),
        }
    }

    /// The section's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.slope, self.intercept, self.again].map(f32::to_le_bytes).concat()
    }

    /// The probability that a score of the chain means.
    pub fn probability(&self, score: f32) -> f32 {
        if (self.slope, self.intercept) == (1.0, 0.0) {
            return score;
        }
        let log_odds = self.slope * log_odds(score) + self.intercept;
        1.0 / (1.0 + (-log_odds).exp())
    }
}

/// Logarithm of the odds of a probability, as far as they tell something.
pub fn log_odds(probability: f32) -> f32 {
    let p = probability.clamp(EDGE, 1.0 - EDGE);
    (p / (1.0 - p)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::{AssetKind, write_asset};

    fn read(bytes: Option<&[u8]>) -> Result<Calibration> {
        let sections: Vec<(&[u8; 4], &[u8])> = bytes.map(|b| (&CALIBRATION_SECTION, b)).into_iter().collect();
        let file = write_asset(AssetKind::Model, &sections);
        Calibration::read(&Asset::open(AssetKind::Model, "model.mz", &file)?)
    }

    #[test]
    fn it_comes_back_as_it_was_written() {
        let calibration = Calibration { slope: 0.7, intercept: -0.3, again: 0.5 };
        assert_eq!(read(Some(&calibration.to_bytes())).unwrap(), calibration);
        assert_eq!(read(None).unwrap(), Calibration::default());
    }

    #[test]
    fn what_would_turn_scores_around_is_refused() {
        let good = Calibration::default();
        for bad in [
            Calibration { slope: 0.0, ..good },
            Calibration { slope: f32::NAN, ..good },
            Calibration { intercept: f32::INFINITY, ..good },
            Calibration { again: 1.5, ..good },
        ] {
            assert_eq!(read(Some(&bad.to_bytes())).unwrap_err().code(), "ASSET_INVALID", "{bad:?}");
        }
        assert!(read(Some(&good.to_bytes()[..11])).is_err());
        assert!(read(Some(&[0; 16])).is_err());
    }

    #[test]
    fn the_order_of_scores_stays() {
        let calibration = Calibration { slope: 0.6, intercept: -0.4, again: 0.5 };
        let scores: Vec<f32> = (0..=1000).map(|i| i as f32 / 1000.0).collect();
        let corrected: Vec<f32> = scores.iter().map(|score| calibration.probability(*score)).collect();
        assert!(corrected.is_sorted());
        assert!(corrected.iter().all(|p| (0.0..=1.0).contains(p)));
        // The sure stays sure, the doubtful becomes more so.
        assert!(corrected[1000] > 0.99 && corrected[900] < 0.8);
        assert!(scores.iter().all(|score| Calibration::default().probability(*score) == *score));
    }
}
