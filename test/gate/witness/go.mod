module kaapana.local/test/gate/witness

go 1.24.0
