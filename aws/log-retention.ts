// How long CloudWatch Logs can keep a log group: it takes these numbers of days and no other (AWS::Logs::LogGroup RetentionInDays).

export const offeredRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const isOfferedRetention = (days: number): boolean => offeredRetentionDays.some((offered) => offered === days);
