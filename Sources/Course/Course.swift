// The one module a chapter's cells import: everything a cell may say, under one name.
@_exported import Claims
@_exported import Datasets
@_exported import Distributions
@_exported import Figures
@_exported import NeuralNetworks
@_exported import Outputs
@_exported import Randomness
@_exported import Tensors
