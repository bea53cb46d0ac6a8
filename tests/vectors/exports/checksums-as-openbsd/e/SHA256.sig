untrusted comment: verify with lena.signify.pub
RWTxtSKnTSPLaDrChlEPGfh/wNtMMT/prQI90LsVjeM6QL0dMxxsDVmt2lnwN4UC6/MNfBX/fpXYSBjGoNOLjCYN74BnnIJUhQ4=
SHA256 (app-1.0-linux.tar.gz) = 1e74e57d39a387a3623ea87b55aa395666c34844afcfdd651006d2e5d0913b41
SHA256 (app-1.0-windows.zip) = 4bea52cbbf99ad556310b0a4835d45850bcbc6331d7aa82f7a3de25c76a6d792
SHA256 (doc/guide.txt) = 65ce01fcc3e22e78b63419ef0f4493b0950daac7cee97329b428f5cafd395cda
