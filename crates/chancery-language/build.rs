//! Whether there are weights to put inside the program.

fn main() {
    println!("cargo::rerun-if-changed=../../models/reader.chm");
    println!("cargo::rustc-check-cfg=cfg(embedded_weights)");
    if std::path::Path::new("../../models/reader.chm").exists() {
        println!("cargo::rustc-cfg=embedded_weights");
    }
}
