"""What every room stands on and no room owns: errors, scope, crypto, pages, registries, the face. No models live here."""
