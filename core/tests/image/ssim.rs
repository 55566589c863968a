//! Mean structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004), as the specification sets its parameters.

/// Compares two pictures of one channel and the same size.
pub fn mean_ssim(a: &[f64], b: &[f64], width: usize) -> f64 {
    const C1: f64 = (0.01 * 255.0) * (0.01 * 255.0);
    const C2: f64 = (0.03 * 255.0) * (0.03 * 255.0);
    let product = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).collect::<Vec<_>>();
    let means = [
        a.to_vec(),
        b.to_vec(),
        product(a, a),
        product(b, b),
        product(a, b),
    ]
    .map(|values| windowed_mean(&values, width));
    let total: f64 = (0..a.len())
        .map(|i| {
            let [mean_a, mean_b, aa, bb, ab] = [0, 1, 2, 3, 4].map(|moment: usize| means[moment][i]);
            let (variances, covariance) = (aa - mean_a * mean_a + bb - mean_b * mean_b, ab - mean_a * mean_b);
            (2.0 * mean_a * mean_b + C1) * (2.0 * covariance + C2)
                / ((mean_a * mean_a + mean_b * mean_b + C1) * (variances + C2))
        })
        .sum();
    total / a.len() as f64
}

/// The mean under an 11 × 11 Gaussian window of σ 1.5, clipped at the borders.
fn windowed_mean(values: &[f64], width: usize) -> Vec<f64> {
    let height = values.len() / width;
    let along = |source: &[f64], length: usize, index: &dyn Fn(usize, usize) -> usize, lines: usize| {
        let mut out = vec![0.0; source.len()];
        for line in 0..lines {
            for at in 0..length {
                let (mut sum, mut total) = (0.0, 0.0);
                for near in at.saturating_sub(5)..(at + 6).min(length) {
                    let weight = (-(near as f64 - at as f64).powi(2) / (2.0 * 1.5 * 1.5)).exp();
                    sum += weight * source[index(line, near)];
                    total += weight;
                }
                out[index(line, at)] = sum / total;
            }
        }
        out
    };
    let rows = along(values, width, &|y, x| y * width + x, height);
    along(&rows, height, &|x, y| y * width + x, width)
}

#[test]
fn a_picture_is_like_itself_and_unlike_its_negative() {
    let a: Vec<f64> = (0..400).map(|i| f64::from(i * 37 % 256)).collect();
    let negative: Vec<f64> = a.iter().map(|value| 255.0 - value).collect();
    assert!((mean_ssim(&a, &a, 20) - 1.0).abs() < 1e-12);
    assert!(mean_ssim(&a, &negative, 20) < 0.0);
}
