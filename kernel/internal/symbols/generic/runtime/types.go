package runtime

// Cleanup is what package runtime has under this name.
type Cleanup struct{}
