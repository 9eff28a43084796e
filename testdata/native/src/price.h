/* SPDX-License-Identifier: BSD-2-Clause */
int	price_rate(int cents);
void	price_log(int code);
