"""What is told of each rule of the law, from what the stages make."""
