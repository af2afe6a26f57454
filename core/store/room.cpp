// First file of the room; replaced as the room is built.
