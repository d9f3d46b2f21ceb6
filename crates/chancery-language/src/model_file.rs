//! The file that holds the reader's weights: what models/README.md calls file format 1.
//!
//! A file is checked as a whole before anything of it is used. This module knows how numbers lie in the file, not what they
//! are for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::encoder::lanes::Gelu;
use crate::encoder::matrix::Matrix;

const MAGIC: &[u8; 8] = b"CHRDR001";
const FAMILY: &[u8; 5] = b"CHRDR";
const DIGEST: usize = 32;
const ALIGNMENT: usize = 64;

/// Why a file cannot be used as the reader's weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelError(String);

impl ModelError {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    pub(crate) fn unsupported(what: &str) -> Self {
        Self(format!("the weights are of a kind that this version cannot run: {what}"))
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ModelError {}

/// The header of a file of weights.
#[derive(Debug, Deserialize)]
pub(crate) struct Header {
    pub(crate) format: u32,
    pub(crate) name: String,
    pub(crate) config: Config,
    pub(crate) heads: BTreeMap<String, HeadConfig>,
    pub(crate) vocab: Vec<String>,
    tensors: Vec<Tensor>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Config {
    pub(crate) layers: usize,
    pub(crate) hidden: usize,
    pub(crate) heads: usize,
    pub(crate) ffn: usize,
    pub(crate) vocab: usize,
    pub(crate) max_positions: usize,
    pub(crate) window: usize,
    pub(crate) max_pieces: usize,
    pub(crate) layer_norm_eps: f32,
    activation: String,
    gelu: GeluConfig,
    pub(crate) leaky_relu: f32,
    pub(crate) shapes: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct GeluConfig {
    clip: f32,
    coefficients: [f32; 7],
}

impl Config {
    pub(crate) fn gelu(&self) -> Gelu {
        Gelu { clip: self.gelu.clip, coefficients: self.gelu.coefficients }
    }
}

/// One head: its kind, its width, its labels.
#[derive(Debug, Deserialize)]
pub(crate) struct HeadConfig {
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) dim: usize,
    #[serde(default)]
    pub(crate) labels: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Tensor {
    name: String,
    dtype: String,
    shape: Vec<usize>,
    offset: usize,
    bytes: usize,
}

/// Rows of signed bytes, borrowed where the file lives as long as the program.
pub(crate) struct Words(Cow<'static, [u8]>);

impl Words {
    pub(crate) fn row(&self, row: usize, width: usize) -> &[u8] {
        &self.0[row * width..][..width]
    }
}

/// A checked file of weights.
pub(crate) struct ModelFile<'a> {
    pub(crate) header: Header,
    places: BTreeMap<String, Tensor>,
    data: &'a [u8],
    /// The same bytes when they are part of the program.
    embedded: Option<&'static [u8]>,
}

impl<'a> ModelFile<'a> {
    /// Checks everything: kind, version, digest, header, every place.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let body = body_of(bytes)?;
        if Sha256::digest(body).as_slice() != &bytes[body.len()..] {
            return Err(ModelError::new(
                "the file of weights is damaged: its digest does not match its bytes",
            ));
        }
        Self::parse(body, None)
    }

    /// The file inside the program: its digest is checked when the program is built and tested, not at every start.
    pub(crate) fn open_embedded(bytes: &'static [u8]) -> Result<ModelFile<'static>, ModelError> {
        let body = body_of(bytes)?;
        ModelFile::parse(body, Some(body))
    }

    fn parse(body: &'a [u8], embedded: Option<&'static [u8]>) -> Result<Self, ModelError> {
        let length = u32::from_le_bytes([body[8], body[9], body[10], body[11]]) as usize;
        let end = length.checked_add(12).filter(|&end| end <= body.len());
        let end = end.ok_or_else(|| ModelError::new("the file of weights is cut short inside its header"))?;
        let mut header: Header = serde_json::from_slice(&body[12..end])
            .map_err(|error| ModelError::new(format!("the header of the weights cannot be read: {error}")))?;
        if header.format != 1 {
            return Err(ModelError::unsupported(&format!("format {}", header.format)));
        }
        if header.config.activation != "gelu_poly" {
            return Err(ModelError::unsupported(&format!("activation {}", header.config.activation)));
        }
        let start = end.next_multiple_of(ALIGNMENT).min(body.len());
        let tensors = std::mem::take(&mut header.tensors);
        let places = tensors.into_iter().map(|tensor| (tensor.name.clone(), tensor)).collect();
        let file = Self { header, places, data: &body[start..], embedded: embedded.map(|b| &b[start..]) };
        file.check_config()?;
        Ok(file)
    }

    fn check_config(&self) -> Result<(), ModelError> {
        let c = &self.header.config;
        let sizes = [c.layers, c.hidden, c.heads, c.ffn, c.vocab, c.max_positions, c.window, c.max_pieces];
        if sizes.iter().any(|&size| size == 0 || size > 1 << 20) || c.vocab != self.header.vocab.len() {
            return Err(ModelError::new("the header of the weights names sizes that do not fit each other"));
        }
        if c.window > c.max_positions
            || c.max_pieces + 2 > c.window
            || !c.hidden.is_multiple_of(64)
            || !c.ffn.is_multiple_of(64)
        {
            return Err(ModelError::unsupported("its window or its widths"));
        }
        Ok(())
    }

    fn tensor(
        &self,
        name: &str,
        dtype: &str,
        count: usize,
        size: usize,
    ) -> Result<std::ops::Range<usize>, ModelError> {
        let tensor =
            self.places.get(name).ok_or_else(|| ModelError::new(format!("the weights lack `{name}`")))?;
        let named = tensor.shape.iter().try_fold(1_usize, |all, &side| all.checked_mul(side));
        let end = tensor.offset.checked_add(tensor.bytes).filter(|&end| end <= self.data.len());
        let fits =
            tensor.dtype == dtype && named == Some(count) && count.checked_mul(size) == Some(tensor.bytes);
        match end {
            Some(end) if fits => Ok(tensor.offset..end),
            _ => Err(ModelError::new(format!(
                "`{name}` of the weights has another kind, size or place than it must"
            ))),
        }
    }

    /// `count` numbers, none of them infinite.
    pub(crate) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, ModelError> {
        let bytes = &self.data[self.tensor(name, "f32", count, 4)?];
        let numbers: Vec<f32> =
            bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        if numbers.iter().all(|x| x.is_finite()) {
            return Ok(numbers);
        }
        Err(ModelError::new(format!("`{name}` of the weights holds a number that is none")))
    }

    /// A table of bytes.
    pub(crate) fn words(&self, name: &str, rows: usize, width: usize) -> Result<Words, ModelError> {
        let place = self.tensor(name, "i8", rows * width, 1)?;
        Ok(Words(match self.embedded {
            Some(data) => Cow::Borrowed(&data[place]),
            None => Cow::Owned(self.data[place].to_vec()),
        }))
    }

    /// A linear layer, packed for the kernels.
    pub(crate) fn matrix(&self, name: &str, outputs: usize, inputs: usize) -> Result<Matrix, ModelError> {
        let weights = &self.data[self.tensor(name, "i8", outputs * inputs, 1)?];
        let scale = self.floats(&format!("{name}.scale"), outputs)?;
        let bias = self.floats(&format!("{name}.bias"), outputs)?;
        Ok(Matrix::pack(checked(name, weights)?, inputs, &scale, &bias))
    }

    /// Several linear layers on the same input, one after another as one, each filled up to a multiple of sixteen outputs.
    pub(crate) fn joined(&self, parts: &[(String, usize)], inputs: usize) -> Result<Matrix, ModelError> {
        let (mut weights, mut scale, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        for (name, outputs) in parts {
            let here = &self.data[self.tensor(name, "i8", outputs * inputs, 1)?];
            weights.extend_from_slice(checked(name, here)?);
            scale.extend(self.floats(&format!("{name}.scale"), *outputs)?);
            bias.extend(self.floats(&format!("{name}.bias"), *outputs)?);
            let filled = scale.len().next_multiple_of(16);
            weights.resize(filled * inputs, 0);
            scale.resize(filled, 0.0);
            bias.resize(filled, 0.0);
        }
        Ok(Matrix::pack(&weights, inputs, &scale, &bias))
    }
}

/// Weights run from -127 to 127: the kernels count on it.
fn checked<'b>(name: &str, weights: &'b [u8]) -> Result<&'b [u8], ModelError> {
    if weights.contains(&0x80) {
        return Err(ModelError::new(format!("`{name}` of the weights holds -128, which is out of range")));
    }
    Ok(weights)
}

/// The bytes that the digest covers.
fn body_of(bytes: &[u8]) -> Result<&[u8], ModelError> {
    if !bytes.starts_with(FAMILY) {
        return Err(ModelError::new(
            "this is not a file of weights for the reader (it should begin with CHRDR001)",
        ));
    }
    if bytes.len() < MAGIC.len() + 4 + DIGEST {
        return Err(ModelError::new("the file of weights is cut short"));
    }
    if !bytes.starts_with(MAGIC) {
        let version = String::from_utf8_lossy(&bytes[FAMILY.len()..MAGIC.len()]).into_owned();
        return Err(ModelError::unsupported(&format!("file format {version}, and this version reads 001")));
    }
    Ok(&bytes[..bytes.len() - DIGEST])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::Reader;
    use crate::test_model;

    fn error(bytes: &[u8]) -> String {
        Reader::load(bytes).expect_err("it must not load").to_string()
    }

    #[test]
    fn a_whole_file_loads() {
        assert_eq!(Reader::load(&test_model::bytes()).expect("a whole file").name(), "drawn by lot");
    }

    #[test]
    fn a_file_of_another_kind_is_named_so() {
        for bytes in [&b""[..], b"PK\x03\x04", b"CHRD", b"<html></html>"] {
            assert!(error(bytes).contains("not a file of weights"), "{bytes:?}");
        }
    }

    #[test]
    fn a_file_of_a_later_format_is_named_so() {
        let mut bytes = test_model::bytes();
        bytes[7] = b'2';
        assert!(error(&bytes).contains("file format 002"));
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_found() {
        let whole = test_model::bytes();
        for length in (0..whole.len()).step_by(997).chain([11, 12, 43, 44, whole.len() - 1]) {
            error(&whole[..length]);
        }
        for at in (8..whole.len()).step_by(991).chain([whole.len() - 1]) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x20;
            assert!(error(&bytes).contains("damaged"), "byte {at}");
        }
    }

    #[test]
    fn a_sealed_file_with_wrong_contents_is_refused() {
        let whole = test_model::bytes();
        let length = u32::from_le_bytes([whole[8], whole[9], whole[10], whole[11]]) as usize;
        let header = std::str::from_utf8(&whole[12..12 + length]).expect("JSON");
        let data = &whole[(12 + length).next_multiple_of(64)..whole.len() - DIGEST];
        assert!(Reader::load(&test_model::file(header, data)).is_ok());
        for (from, to, says) in [
            ("\"format\":1", "\"format\":2", "format 2"),
            ("\"hidden\":64", "\"hidden\":128", "heads of another width"),
            ("\"hidden\":64", "\"hidden\":0", "do not fit"),
            ("gelu_poly", "relu", "activation relu"),
            ("\"layers\":2", "\"layers\":3", "lack `layer.2.qkv`"),
            ("\"ffn\":128", "\"ffn\":192", "another kind, size or place"),
            ("\"upos\"", "\"uposs\"", "no head `upos`"),
            ("\"root\"", "\"roof\"", "without `root`"),
            ("[CLS]", "[CLT]", "without [CLS]"),
            ("\"offset\":0,", "\"offset\":99999999,", "another kind, size or place"),
            ("{", "[", "cannot be read"),
        ] {
            assert!(header.contains(from), "{from}");
            let error = error(&test_model::file(&header.replacen(from, to, 1), data));
            assert!(error.contains(says), "{from} -> {to}: {error}");
        }
        assert!(
            error(&test_model::file(header, &data[..data.len() / 2])).contains("another kind, size or place")
        );
    }

    #[test]
    fn a_header_longer_than_the_file_is_refused() {
        let mut bytes = b"CHRDR001".to_vec();
        bytes.extend(u32::MAX.to_le_bytes());
        bytes.extend([0; 40]);
        assert!(error(&test_model::sealed(bytes)).contains("cut short inside its header"));
    }
}
