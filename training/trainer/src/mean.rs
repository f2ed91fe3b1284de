//! The mean of networks that one trained network became: it errs less than each, and costs what one
//! does (Wortsman and others 2022, arXiv 2203.05482).

use std::path::{Path, PathBuf};

use crate::checkpoint::Checkpoint;
use crate::{Error, Result};

/// One that is named twice counts twice.
pub fn mean(models: &[PathBuf], out: &Path) -> Result<()> {
    let (first, others) = models.split_first().expect("one is required");
    let Checkpoint { shape, vocabulary, step, mut parts } = Checkpoint::read(first)?;
    let mut sum = parts.swap_remove(0);
    for path in others {
        let other = Checkpoint::read(path)?;
        if other.shape != shape || other.vocabulary != vocabulary {
            let detail = format!("it is not of the shape and the characters of {}", first.display());
            return Err(Error::Lines { path: path.clone(), detail });
        }
        sum.iter_mut().zip(other.weights()).for_each(|(sum, weight)| *sum += weight);
    }
    sum.iter_mut().for_each(|sum| *sum /= models.len() as f32);
    Checkpoint::write(out, (&shape, &vocabulary), step, &[&sum])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Vocabulary;
    use crate::parameters::Shape;

    #[test]
    fn each_counts_as_often_as_it_is_named() {
        let folder = std::env::temp_dir().join(format!("mingzhu-mean-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let shape = |width: usize| Shape {
            width,
            char_dim: 2,
            bigram_dim: 2,
            bigram_rows: 4,
            kernel: 3,
            dilations: vec![1],
            chars: 3,
            guidelines: 1,
        };
        let file = |name: &str, width: usize, weight: f32| {
            let path = folder.join(name);
            let length = crate::parameters::Layout::new(&shape(width)).total;
            let weights = vec![weight; length];
            Checkpoint::write(&path, (&shape(width), &Vocabulary(vec![1])), 7, &[&weights]).unwrap();
            path
        };
        let (one, four, wide) = (file("one", 4, 1.0), file("four", 4, 4.0), file("wide", 8, 1.0));
        let out = folder.join("mean");
        mean(&[one.clone(), four, one.clone()], &out).unwrap();
        assert!(Checkpoint::read(&out).unwrap().weights().iter().all(|weight| *weight == 2.0));
        let error = mean(&[one, wide.clone()], &out).unwrap_err();
        assert!(matches!(error, Error::Lines { path, .. } if path == wide));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
