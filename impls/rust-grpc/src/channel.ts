import { type ChannelOptions, Client, credentials } from '@grpc/grpc-js';
import { flowControlWindowBytes } from './limits.js';

/** A connection to the server, not made before it is used. `target` is an address in gRPC's name syntax. */
export function openChannel(target: string, maxMessageBytes: number): Client {
  return new Client(target, credentials.createInsecure(), channelOptions(maxMessageBytes));
}

function channelOptions(maxMessageBytes: number): ChannelOptions {
  return {
    'grpc.max_send_message_length': maxMessageBytes,
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc-node.flow_control_window': flowControlWindowBytes,
    // A failed call is reported, not repeated; this also spares a copy of each request kept for the repetition.
    'grpc.enable_retries': 0,
    // The server is on this machine, whatever http_proxy says.
    'grpc.enable_http_proxy': 0,
    'grpc.service_config_disable_resolution': 1,
    // The connection belongs to this session and ends with it.
    'grpc.use_local_subchannel_pool': 1,
  };
}
