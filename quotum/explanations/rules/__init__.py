"""The steps of each rule of the law, from the results of the stages."""
