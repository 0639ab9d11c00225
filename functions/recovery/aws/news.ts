// Mails to whoever hears the critical alarms.
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { News } from '../ports.ts';
import { clientOptions } from './clients.ts';
import { type RecoveryVariables, resourcesOf } from './variables.ts';

/** A subject's characters at most, all of them ASCII: SNS refuses others. */
const longest = 100;

export function mailedNews(variables: RecoveryVariables): News {
  const topics = new SNSClient(clientOptions(resourcesOf(variables, 'standby').region));
  return {
    async tell(subject, text) {
      const line = `${variables.ENVIRONMENT}: ${subject}`.replaceAll(/[^ -~]/g, '?').slice(0, longest);
      await topics.send(new PublishCommand({ TopicArn: variables.TOPIC, Subject: line, Message: text }));
    },
  };
}
