//! The platform's libxcrypt, found at run time: `crypt_rn(3)`.
//!
//! Debian, Ubuntu, Fedora and most others have it, because their `passwd` hashes with it. It is
//! used for a scheme only after it has given a known answer there: distributions leave schemes
//! out, and another library may have its name.

use std::ffi::CStr;
use std::sync::OnceLock;

use zeroize::Zeroizing;

use crate::stored::scheme::Scheme;

/// `sizeof (struct crypt_data)` (crypt.h); `crypt_rn` refuses less.
const DATA: usize = 32_768;

/// `CRYPT_OUTPUT_SIZE` (crypt.h): the digest is at the start of the data.
const OUTPUT: usize = 384;

/// `CRYPT_MAX_PASSPHRASE_SIZE` (crypt.h), with the NUL.
const LONGEST: usize = 512;

/// libxcrypt with the memory that it works in, which is wiped after use.
pub(crate) struct Xcrypt {
    crypt_rn: platform::CryptRn,
    data: Zeroizing<Vec<u8>>,
    phrase: Zeroizing<Vec<u8>>,
}

/// What libxcrypt did not do.
#[derive(Debug)]
pub(crate) struct Refused;

impl Xcrypt {
    /// If it is there and computes that scheme.
    pub(crate) fn new(scheme: Scheme) -> Option<Self> {
        let data = Zeroizing::new(vec![0; DATA]);
        let phrase = Zeroizing::new(Vec::with_capacity(LONGEST));
        let mut xcrypt = Self { crypt_rn: platform::crypt_rn()?, data, phrase };
        let known = KNOWN.iter().find(|known| known.scheme == scheme)?;
        let tested = *known.tested.get_or_init(|| xcrypt.gives(known));
        tested.then_some(xcrypt)
    }

    /// For any scheme, as the oracle of tests.
    #[cfg(test)]
    pub(crate) fn oracle() -> Self {
        let data = Zeroizing::new(vec![0; DATA]);
        let crypt_rn = platform::crypt_rn().expect("these tests need libxcrypt");
        Self { crypt_rn, data, phrase: Zeroizing::default() }
    }

    /// The text that a password gives under a setting; none if libxcrypt takes no password as
    /// long as that.
    pub(crate) fn crypt(
        &mut self,
        password: &[u8],
        setting: &CStr,
    ) -> Result<Option<&[u8]>, Refused> {
        if password.len() >= LONGEST {
            return Ok(None);
        }
        self.phrase.clear();
        self.phrase.extend_from_slice(password);
        self.phrase.push(0);
        let phrase = CStr::from_bytes_with_nul(&self.phrase).map_err(|_| Refused)?;
        if !platform::call(self.crypt_rn, phrase, setting, &mut self.data) {
            return Err(Refused);
        }
        let output = self.data.get(..OUTPUT).unwrap_or_default();
        CStr::from_bytes_until_nul(output).map(|text| Some(text.to_bytes())).map_err(|_| Refused)
    }

    fn gives(&mut self, known: &Known) -> bool {
        let text = self.crypt(b"Blue-Badger7", known.setting);
        matches!(text, Ok(Some(text)) if text == [known.setting.to_bytes(), known.digest].concat())
    }
}

/// An answer that is known, and whether it was given here.
struct Known {
    scheme: Scheme,
    setting: &'static CStr,
    digest: &'static [u8],
    tested: OnceLock<bool>,
}

/// Settings of the least cost.
static KNOWN: [Known; 3] = [
    Known {
        scheme: Scheme::Yescrypt,
        setting: c"$y$j/5$/6k.$",
        digest: b"KeP.wshUmuTA0CuHMPXVZ24ApdHI7VDmiJbRM/X0Fi4",
        tested: OnceLock::new(),
    },
    Known {
        scheme: Scheme::GostYescrypt,
        setting: c"$gy$j/5$/6k.$",
        digest: b"lJcSmRNTcQeyDPaP2fICPfY8z7fF5F76nbng8uQ6cO7",
        tested: OnceLock::new(),
    },
    Known {
        scheme: Scheme::Sunmd5,
        setting: c"$md5$/6k.$$",
        digest: b"dCtaL8M.sSfAgX0VoIO901",
        tested: OnceLock::new(),
    },
];

/// The calls of C. A program that is linked statically cannot load another library safely.
#[cfg(all(unix, not(target_feature = "crt-static")))]
#[expect(unsafe_code, reason = "C is called here: one operation a block, each with its reason")]
mod platform {
    use std::ffi::{CStr, c_char, c_int, c_void};
    use std::sync::OnceLock;

    use libloading::Library;

    /// `crypt_rn` (crypt.h).
    pub(super) type CryptRn =
        unsafe extern "C" fn(*const c_char, *const c_char, *mut c_void, c_int) -> *mut c_char;

    /// The names of libxcrypt, without and with the interfaces of old.
    const NAMES: [&str; 2] = ["libcrypt.so.2", "libcrypt.so.1"];

    /// The function, looked for once. The library stays loaded: the function is used until the
    /// end.
    pub(super) fn crypt_rn() -> Option<CryptRn> {
        static LIBRARY: OnceLock<Option<Library>> = OnceLock::new();
        let library = LIBRARY.get_or_init(|| NAMES.into_iter().find_map(open)).as_ref()?;
        // SAFETY: every library that has a function of this name (libxcrypt, Openwall's patch of
        // the C library) declares it as `CryptRn` does, and this one is never unloaded.
        let symbol = unsafe { library.get::<CryptRn>(c"crypt_rn") };
        symbol.ok().map(|symbol| *symbol)
    }

    fn open(name: &str) -> Option<Library> {
        // SAFETY: loading runs the library's initialisers; libcrypt has none, and it is the same
        // file that `passwd` runs as root.
        unsafe { Library::new(name) }.ok()
    }

    /// Whether it has put an answer at the start of the data.
    pub(super) fn call(crypt_rn: CryptRn, phrase: &CStr, setting: &CStr, data: &mut [u8]) -> bool {
        let Ok(size) = c_int::try_from(data.len()) else { return false };
        let (phrase, setting) = (phrase.as_ptr(), setting.as_ptr());
        let data = data.as_mut_ptr().cast();
        // SAFETY: both texts end in NUL and live as long as the call; the data are `size` bytes
        // that nobody else uses, of a type that has only characters and so no alignment. It
        // keeps no pointer to them.
        let answer = unsafe { crypt_rn(phrase, setting, data, size) };
        !answer.is_null()
    }
}

/// Elsewhere there is none.
#[cfg(not(all(unix, not(target_feature = "crt-static"))))]
mod platform {
    use std::ffi::CStr;

    /// A function that does not exist.
    #[derive(Clone, Copy)]
    pub(super) enum CryptRn {}

    pub(super) fn crypt_rn() -> Option<CryptRn> {
        None
    }

    pub(super) fn call(crypt_rn: CryptRn, _: &CStr, _: &CStr, _: &mut [u8]) -> bool {
        match crypt_rn {}
    }
}
