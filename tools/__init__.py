"""Programs of the developers: the parcel of the built program, and the pictures of the guide."""
