//! Reading over a value that does not get into the output.

use super::scanner::{Scanner, Unexpected};

impl Scanner<'_> {
    /// Reads the value that begins with the next byte and checks its syntax. Takes one byte of memory for each level.
    pub fn skip_value(&mut self) -> Result<(), Unexpected> {
        let mut closers = Vec::new();
        loop {
            match self.peek_token() {
                Some(b'{') => {
                    self.position += 1;
                    if self.peek_token() != Some(b'}') {
                        closers.push(b'}');
                        self.skip_name()?;
                        continue;
                    }
                    self.position += 1;
                }
                Some(b'[') => {
                    self.position += 1;
                    if self.peek_token() != Some(b']') {
                        closers.push(b']');
                        continue;
                    }
                    self.position += 1;
                }
                _ => self.skip_scalar()?,
            }
            loop {
                let Some(&closer) = closers.last() else {
                    return Ok(());
                };
                match self.peek_token() {
                    Some(b',') => {
                        self.position += 1;
                        if closer == b'}' {
                            self.skip_name()?;
                        }
                        break;
                    }
                    Some(byte) if byte == closer => {
                        self.position += 1;
                        closers.pop();
                    }
                    _ => return Err(Unexpected),
                }
            }
        }
    }

    fn skip_scalar(&mut self) -> Result<(), Unexpected> {
        match self.peek() {
            Some(b'"') => self.string().map(|_| ()),
            Some(b'-' | b'0'..=b'9') => self.number().map(|_| ()),
            Some(b't') => self.literal(b"true"),
            Some(b'f') => self.literal(b"false"),
            Some(b'n') => self.literal(b"null"),
            _ => Err(Unexpected),
        }
    }

    /// Reads a member's name and the colon.
    fn skip_name(&mut self) -> Result<(), Unexpected> {
        self.peek_token();
        self.string()?;
        self.peek_token();
        self.expect(b':')
    }
}
