// Mails to whoever hears the critical alarms.
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { News } from '../ports.ts';
import { clientOptions } from './clients.ts';
import { type Places, placeOf } from './places.ts';

/** A subject's characters at most, all of them ASCII: SNS refuses others. */
const longest = 100;

export function mailedNews(places: Places): News {
  const topics = new SNSClient(clientOptions(placeOf(places, 'standby').region));
  return {
    async tell(subject, text) {
      const line = `${places.ENVIRONMENT}: ${subject}`.replaceAll(/[^ -~]/g, '?').slice(0, longest);
      await topics.send(new PublishCommand({ TopicArn: places.TOPIC, Subject: line, Message: text }));
    },
  };
}
