import torch
from torch import nn, optim
from torch.distributions import Categorical

torch.manual_seed(1)
policy = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 2), nn.LogSoftmax(dim=-1))
optimizer = optim.RMSprop(policy.parameters(), lr=0.05)
paid = {0: 0.1, 1: 0.9}
won = []
for turn in range(15):
    choice = Categorical(logits=policy(torch.ones(1)))
    action = choice.sample()
    reward = paid[action.item()]
    loss = -choice.log_prob(action) * reward
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    won += [reward]
print(sum(won) / len(won) > 0.3, choice.probs.shape, choice.entropy() > 0)
