/// A piece of training that both sides do: the same layers, sizes, optimiser and data. What exactly it is
/// stands at the head of Benchmarks/peers/NAME.py.
struct Workload: Sendable {
  let name: String
  let title: String
  /// Operations of one step, and those that PyTorch does beyond them.
  var work = 0
  var surplusOfPeer = 0
  /// Times are told for one of so many equal parts of a step.
  var parts = 1
  let goal: Goal
  /// Our side of it.
  let ours: any Twin.Type

  /// What our time is to be at most.
  enum Goal {
    case ratio(Double)
    case seconds(Double)
  }

  static let all: [Workload] = [
    Workload(
      name: "vae", title: "MLP VAE 784-400-20, batch 128", work: Work.vae, goal: .ratio(0.85),
      ours: VAETraining.self),
    Workload(
      name: "dcgan", title: "DCGAN 28×28, batch 64, D and G", work: Work.dcgan,
      goal: .ratio(0.68), ours: DCGANTraining.self),
    Workload(
      name: "toygan", title: "toy GAN 2-128-128, batch 256", work: Work.toyGAN,
      goal: .ratio(0.47), ours: ToyGANTraining.self),
    Workload(
      name: "wgan", title: "WGAN-GP critic 28×28, batch 64", work: Work.wgan,
      surplusOfPeer: Work.wganSurplus, goal: .ratio(0.60), ours: CriticTraining.self),
    Workload(
      name: "lstm", title: "LSTM of 512, 400 steps, batch 32", work: Work.lstm,
      goal: .ratio(0.60), ours: LSTMTraining.self),
    Workload(
      name: "pixelcnn", title: "gated PixelCNN 7×32, batch 32", work: Work.pixelCNN,
      goal: .ratio(0.55), ours: PixelCNNTraining.self),
    Workload(
      name: "operations", title: "one operation, there and back", parts: 1000,
      goal: .seconds(200e-9), ours: Operations.self),
  ]
}
